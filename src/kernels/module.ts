import { KERNELS_MODULE, type Kernels } from '../../generated/kernels.js';
import { memory } from './memory.js';

let instance: Kernels | undefined;

function instantiate(): Kernels {
  const bytes = Uint8Array.from(atob(KERNELS_MODULE), (char) => char.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: memory() } });
  return exports as Kernels;
}

/** The kernels of this thread, compiled with the first use. */
export function kernels(): Kernels {
  instance ??= instantiate();
  return instance;
}
