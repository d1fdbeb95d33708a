// matmul_row: one workgroup computes four neighbours of one row of the result, out_rn = Σ_k a_rk · b_gnk (abt). For real GPUs and
// few rows, as in decoding: a whole tile would load what nobody needs. Its threads stride over k and add up in a tree.
// The row's group comes from offsets; a row of no group is left alone.
struct Params { G: u32, M: u32, N: u32, K: u32, accumulate: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;    // (G+1)
@group(0) @binding(2) var<storage, read> a: array<f32>;          // (R, K)
@group(0) @binding(3) var<storage, read> b: array<f32>;          // (G, N, K)
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // (R, N)

const THREADS: u32 = 64u;
var<workgroup> partial: array<vec4f, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let N = params.N;
  let K = params.K;
  let columnTiles = (N + 3) / 4;
  let workgroup = wid.x + wid.y * num.x;
  let row = workgroup / columnTiles;
  let n = workgroup % columnTiles * 4;
  if (row >= offsets[params.G]) { return; }
  var g = 0u;
  while (offsets[g + 1] <= row) { g++; }
  // Columns beyond the last repeat it and are not stored.
  let at = (g * N + min(n + vec4u(0, 1, 2, 3), vec4u(N - 1))) * K;
  var sum = vec4f();
  for (var k = thread; k < K; k += THREADS) {
    sum += a[row * K + k] * vec4f(b[at.x + k], b[at.y + k], b[at.z + k], b[at.w + k]);
  }
  partial[thread] = sum;
  workgroupBarrier();
  for (var half = THREADS / 2; half > 0; half /= 2) {
    if (thread < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  if (thread < min(N - n, 4u)) {
    let value = params.scale * partial[0][thread];
    let index = row * N + n + thread;
    if (params.accumulate == 1u) { out[index] += value; } else { out[index] = value; }
  }
}
