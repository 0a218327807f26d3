/** How long a loop may hold the thread before timers and signals are served, ms. */
const BREATH = 30;

/** Something to await in every round of a long loop: serves timers and signals now and then, else returns at once. */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last <= BREATH) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        last = performance.now();
        resolve();
      }, 0);
    });
  };
}
