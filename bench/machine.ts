/** CPU time of processes, read from /proc where there is one. */
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";

const TICK_MS = 10;

export type CpuMark = { readonly at: number; readonly busyMs: number; readonly ownMs: number };

/** ms of CPU that a process and its children have used; NaN where the system does not report it. */
export function cpuMs(pid: number): number {
  const processes = readProcesses();
  if (processes === null) return Number.NaN;
  let total = 0;
  for (const [id, { cpu }] of processes) if (isBelow(processes, id, pid)) total += cpu;
  return total;
}

/**
 * ms of CPU that this process's main thread has used, without what the engine does beside it: compiling, and freeing
 * memory. Of the whole process where the system does not report it.
 */
export function mainThreadMs(): number {
  try {
    const [usedNs] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(usedNs) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
  }
}

/** The machine's counters now. Two marks show what others used in between. */
export function markCpu(): CpuMark | null {
  const processes = readProcesses();
  if (processes === null) return null;
  const [, ...fields] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.trim().split(/\s+/) ?? [];
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, stolen = 0] = fields.map(Number);
  return {
    at: performance.now(),
    // What the host of a virtual machine gave to another one is busy too, and not with us.
    busyMs: (user + nice + system + irq + soft + stolen) * TICK_MS,
    ownMs: cpuMs(process.pid),
  };
}

/** Share of the whole machine that others used between two marks, in percent; null where it is not known. */
export function foreignPercent(from: CpuMark | null, to: CpuMark | null): number | null {
  if (from === null || to === null) return null;
  const others = to.busyMs - from.busyMs - (to.ownMs - from.ownMs);
  return Math.max(0, (100 * others) / ((to.at - from.at) * cpus().length));
}

type Processes = ReadonlyMap<number, { readonly parent: number; readonly cpu: number }>;

function readProcesses(): Processes | null {
  const found = new Map<number, { parent: number; cpu: number }>();
  try {
    for (const name of readdirSync("/proc")) if (/^\d+$/.test(name)) addProcess(found, name);
  } catch {
    return null;
  }
  return found;
}

function addProcess(found: Map<number, { parent: number; cpu: number }>, name: string): void {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    // utime, stime and those of children that were waited for.
    const ticks = [11, 12, 13, 14].reduce((total, field) => total + Number(fields[field]), 0);
    found.set(Number(name), { parent: Number(fields[1]), cpu: ticks * TICK_MS });
  } catch {
    // It ended between the listing and the reading.
  }
}

function isBelow(processes: Processes, id: number, root: number): boolean {
  for (let at = id; at > 1; at = processes.get(at)?.parent ?? 0) if (at === root) return true;
  return false;
}
