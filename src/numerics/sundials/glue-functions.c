/* Elementary functions of SBML that musl's libm does not have by themselves. */
#include "glue.h"
#include <math.h>

/* Whole exponents that rate laws have are products; the rest is pow. */
EXPORT("power") double power(double x, double n) {
  if (n == 1) return x;
  if (n == 2) return x * x;
  if (n == 3) return x * x * x;
  if (n == 4) return (x * x) * (x * x);
  return pow(x, n);
}

/* Odd whole roots of negative numbers are real. */
EXPORT("root") double root(double degree, double x) {
  if (degree == 2) return sqrt(x);
  if (degree == 3) return cbrt(x);
  return x < 0 && fabs(fmod(degree, 2)) == 1 ? -pow(-x, 1 / degree) : pow(x, 1 / degree);
}

/* Of whole numbers; not a number elsewhere. */
EXPORT("factorial") double factorial(double x) {
  if (!(x >= 0) || x != floor(x)) return NAN;
  if (x > 170) return INFINITY;
  double product = 1;
  for (int i = 2; i <= (int)x; i++) product *= i;
  return product;
}

EXPORT("quotient") double quotient(double a, double b) { return trunc(a / b); }
