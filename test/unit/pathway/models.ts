/** A Level 3 Version 1 model around the lists given. */
export function sbml(lists: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m">${lists}</model></sbml>`;
}

/** MathML around an expression. */
export function math(content: string): string {
  return `<math xmlns="http://www.w3.org/1998/Math/MathML">${content}</math>`;
}
