// embedding_backward_weight: one workgroup takes one token of the batch and sums the rows that hold it, in row order;
// its threads stride over the channels. Each token has one workgroup: no atomics, and the same sum every time.
//   dweight_{tokens_u, c} += Σ_{k = starts_u}^{starts_{u+1} − 1} dout_{order_k, c}
// The grid has room for N tokens; only the first count_0 of them exist.
struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<Wide>;           // (N, C)
@group(0) @binding(2) var<storage, read> order: array<u32>;           // (N)
@group(0) @binding(3) var<storage, read> starts: array<u32>;          // (N + 1)
@group(0) @binding(4) var<storage, read> tokens: array<u32>;          // (N)
@group(0) @binding(5) var<storage, read> count: array<u32>;           // (1)
@group(0) @binding(6) var<storage, read_write> dweight: array<Wide>;  // (V, C)

override WG: u32 = 32;
// 4 elements a thread where C is a multiple of 4.
alias Wide = f32;
const WIDTH: u32 = 1u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let u = wid.x + wid.y * num.x;
  if (u >= min(count[0], params.N)) { return; }
  let first = starts[u];
  let end = starts[u + 1];
  let columns = params.C / WIDTH;
  for (var c = lane; c < columns; c += WG) {
    var sum = Wide();
    for (var k = first; k < end; k++) {
      sum += dout[order[k] * columns + c];
    }
    dweight[tokens[u] * columns + c] += sum;
  }
}
