// matmul_tile: one workgroup of 16 × 16 threads computes a 64 × 64 tile of the result; each thread 4 × 4 of it in registers.
// Both sides pass through workgroup memory, 16 steps of k at a time. For real GPUs; needs no optional feature.
//   abt: out_rn = Σ_k a_rk · b_gnk      ab: out_rn = Σ_k a_rk · b_gkn      atb: out_gmn = Σ_(r in group g) a_rm · b_rn
// Neighbouring threads load neighbours in memory: along k where the layout stores k last, else along rows or columns.
// Row groups come from offsets: a workgroup finds its group by counting tiles, and returns where there is none.
struct Params { G: u32, M: u32, N: u32, K: u32, accumulate: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;   // (G+1)
@group(0) @binding(2) var<storage, read> a: array<f32>;         // abt, ab: (R, K); atb: (R, M)
@group(0) @binding(3) var<storage, read> b: array<f32>;         // abt: (G, N, K); ab: (G, K, N); atb: (R, N)
@group(0) @binding(4) var<storage, read_write> out: array<f32>; // abt, ab: (R, N); atb: (G, M, N)

const A_ALONG_K: u32 = 1u;  // abt, ab
const B_ALONG_K: u32 = 1u;  // abt
const SUM_ROWS: u32 = 0u;   // atb

const TILE: u32 = 64u;
const STEP: u32 = 16u;
const THREADS: u32 = 256u;

var<workgroup> aTile: array<vec4f, 256>;  // (STEP, TILE / 4)
var<workgroup> bTile: array<vec4f, 256>;  // (STEP, TILE / 4)

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) wid: vec3u,
  @builtin(num_workgroups) num: vec3u,
  @builtin(local_invocation_id) lid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let M = params.M;
  let N = params.N;
  let K = params.K;
  let columnTiles = (N + TILE - 1) / TILE;
  let workgroup = wid.x + wid.y * num.x;
  let column = workgroup % columnTiles * TILE;
  var tile = workgroup / columnTiles;
  var g = 0u;
  var firstRow = 0u;
  var endRow = M;
  var firstK = 0u;
  var endK = K;
  var bBase = 0u;
  var outBase = 0u;
  if (SUM_ROWS == 1u) { // static
    let rowTiles = (M + TILE - 1) / TILE;
    g = tile / rowTiles;
    if (g >= params.G) { return; }
    firstRow = tile % rowTiles * TILE;
    firstK = offsets[g];
    endK = offsets[g + 1];
    outBase = g * M * N;
  }
  if (SUM_ROWS == 0u) { // static
    for (; g < params.G; g++) {
      firstRow = offsets[g];
      endRow = offsets[g + 1];
      let tiles = (endRow - firstRow + TILE - 1) / TILE;
      if (tile < tiles) { break; }
      tile -= tiles;
    }
    if (g >= params.G) { return; }
    firstRow += tile * TILE;
    bBase = g * N * K;
  }

  var acc: array<vec4f, 4>;
  for (var k = firstK; k < endK; k += STEP) {
    // 4 of the tile's 64 × 16 values a thread, gathered into the vec4 that it stores: (row 4·q … 4·q + 3, step s).
    for (var side = 0u; side < 2; side++) {
      let alongK = select(B_ALONG_K, A_ALONG_K, side == 0) == 1u;
      let s = select(thread / 16, thread % 16, alongK);
      let q = select(thread % 16, thread / 16, alongK);
      var v = vec4f();  // written out: without it, Dawn was seen to keep the value of the iteration before
      if (k + s < endK) {
        for (var i = 0u; i < 4; i++) {
          if (side == 0) {
            let row = firstRow + 4 * q + i;
            if (row < endRow) { v[i] = a[select((k + s) * M + row, row * K + k + s, alongK)]; }
          } else {
            let n = column + 4 * q + i;
            if (n < N) { v[i] = b[bBase + select((k + s) * N + n, n * K + k + s, alongK)]; }
          }
        }
      }
      if (side == 0) { aTile[s * 16 + q] = v; } else { bTile[s * 16 + q] = v; }
    }
    workgroupBarrier();
    for (var s = 0u; s < STEP; s++) {
      let av = aTile[s * 16 + lid.y];
      let bv = bTile[s * 16 + lid.x];
      acc[0] += av.x * bv;
      acc[1] += av.y * bv;
      acc[2] += av.z * bv;
      acc[3] += av.w * bv;
    }
    workgroupBarrier();
  }

  for (var i = 0u; i < 4; i++) {
    let row = firstRow + 4 * lid.y + i;
    let v = params.scale * acc[i];
    for (var j = 0u; j < 4; j++) {
      let n = column + 4 * lid.x + j;
      if (row < endRow && n < N) {
        let at = outBase + row * N + n;
        if (params.accumulate == 1u) { out[at] += v[j]; } else { out[at] = v[j]; }
      }
    }
  }
}
