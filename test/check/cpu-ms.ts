/** Milliseconds that this process has worked so far: what else the machine does leaves them alone. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
