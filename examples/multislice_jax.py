"""The work of a pod in `scripts/demo --jax`: a psum with real JAX over all pods of the JobSet, on their CPUs.

Needs the package `jax[cpu]` from PyPI. On hosts with real TPUs the same program runs with `jax[tpu]` and without
JAX_PLATFORMS=cpu; then `jax.distributed.initialize()` needs no arguments, since it finds the TPU_ and MEGASCALE_
variables by itself.
"""

import os

# The demo's hosts have made-up TPUs. JAX would look for real ones because of the TPU_ variables.
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import numpy
from jax.sharding import Mesh, PartitionSpec

rank, world = int(os.environ["JAX_PROCESS_ID"]), int(os.environ["JAX_NUM_PROCESSES"])
slice_id, worker = os.environ["MEGASCALE_SLICE_ID"], os.environ["TPU_WORKER_ID"]

jax.config.update("jax_cpu_collectives_implementation", "gloo")
# JAX reads JAX_COORDINATOR_ADDRESS, the host name of rank 0, by itself. It does not read the other two.
jax.distributed.initialize(num_processes=world, process_id=rank, initialization_timeout=60)
print(f"slice {slice_id} worker {worker}: process {jax.process_index()} of {jax.process_count()}, "
      f"JAX {jax.__version__}, {jax.device_count()} devices in all, "
      f"coordinator {os.environ['JAX_COORDINATOR_ADDRESS']}", flush=True)
assert jax.process_count() == world and jax.process_index() == rank

mesh = Mesh(numpy.array(jax.devices()), ("pods",))
spread = PartitionSpec("pods")
total = jax.jit(jax.shard_map(lambda x: jax.lax.psum(x, "pods"), mesh=mesh, in_specs=spread, out_specs=PartitionSpec()))

mine = numpy.full((1, 1024), rank + 1, numpy.float32)
vector = jax.make_array_from_process_local_data(jax.NamedSharding(mesh, spread), mine)
result = numpy.asarray(total(vector).addressable_data(0))

expected = world * (world + 1) / 2
assert (result == expected).all(), f"psum gave {result.flat[0]}, expected {expected}"
print(f"slice {slice_id} worker {worker}: psum over {world} processes = {result.flat[0]:.0f}, as expected", flush=True)
jax.distributed.shutdown()
