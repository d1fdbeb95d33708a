// matmul_register: four lanes (one quad) hold a tile of 4·P rows × 4·Q columns of the result in registers; for software
// adapters, where workgroup memory and barriers are slow and a load is fast only if the four lanes read neighbours.
//   abt: out_rn = Σ_k a_rk · b_gnk      ab: out_rn = Σ_k a_rk · b_gkn      atb: out_gmn = Σ_(r in group g) a_rm · b_rn
// Four steps of k at a time. Whatever is stored along k is loaded with lane = k and transposed within the quad, so that
// always lane = row in `a` and lane = column in `b`. Swapping `a` between lanes then meets every row with every column:
// component s of acc[i·Q + j] is, in lane l, row 4·i + (l ^ s) and column 4·j + l.
// Row groups come from offsets: a workgroup finds its group by counting tiles, and returns where there is none.
// Lines marked "unroll" and "static" are expanded before compilation (gpu/expand.ts): registers have no dynamic index.
enable subgroups;
struct Params { G: u32, M: u32, N: u32, K: u32, accumulate: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;   // (G+1)
@group(0) @binding(2) var<storage, read> a: array<f32>;         // abt, ab: (R, K); atb: (R, M)
@group(0) @binding(3) var<storage, read> b: array<f32>;         // abt: (G, N, K); ab: (G, K, N); atb: (R, N)
@group(0) @binding(4) var<storage, read_write> out: array<f32>; // abt, ab: (R, N); atb: (G, M, N)

const P: u32 = 4u;
const Q: u32 = 4u;
const A_ALONG_K: u32 = 1u;  // abt, ab
const B_ALONG_K: u32 = 1u;  // abt
const SUM_ROWS: u32 = 0u;   // atb

// From register = row, lane = k to register = k, lane = row.
fn transpose_quad(v: vec4f, odd: vec2<bool>) -> vec4f {
  let x = quadSwapX(v);
  let t = select(vec4f(v.x, x.x, v.z, x.z), vec4f(x.y, v.y, x.w, v.w), odd.x);
  let y = quadSwapY(t);
  return select(vec4f(t.x, t.y, y.x, y.y), vec4f(y.z, y.w, t.z, t.w), odd.y);
}

// Component l of v in lane l.
fn own_component(v: vec4f, odd: vec2<bool>) -> f32 {
  return select(select(v.x, v.y, odd.x), select(v.z, v.w, odd.x), odd.y);
}

@compute @workgroup_size(4)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let odd = vec2<bool>((lane & 1u) != 0u, (lane & 2u) != 0u);
  let N = params.N;
  let columnTiles = (N + 4 * Q - 1) / (4 * Q);
  let workgroup = wid.x + wid.y * num.x;
  let column = workgroup % columnTiles * 4 * Q;
  var tile = workgroup / columnTiles;
  var g = 0u;
  var firstRow = 0u;
  var endRow = params.M;
  var firstK = 0u;
  var endK = params.K;
  var bBase = 0u;
  var outBase = 0u;
  if (SUM_ROWS == 1u) { // static
    let rowTiles = (params.M + 4 * P - 1) / (4 * P);
    g = tile / rowTiles;
    if (g >= params.G) { return; }
    firstRow = tile % rowTiles * 4 * P;
    firstK = offsets[g];
    endK = offsets[g + 1];
    outBase = g * params.M * N;
  }
  if (SUM_ROWS == 0u) { // static
    for (; g < params.G; g++) {
      firstRow = offsets[g];
      endRow = offsets[g + 1];
      let tiles = (endRow - firstRow + 4 * P - 1) / (4 * P);
      if (tile < tiles) { break; }
      tile -= tiles;
    }
    if (g >= params.G) { return; }
    firstRow += tile * 4 * P;
    bBase = g * N * params.K;
  }

  // Rows and columns beyond the tile's end repeat the last one and are not stored.
  var aAt: array<u32, 4 * P>;
  var bAt: array<u32, 4 * Q>;
  for (var i = 0u; i < P; i++) { // unroll
    if (A_ALONG_K == 1u) { // static
      for (var s = 0u; s < 4; s++) { // unroll
        aAt[4 * i + s] = min(firstRow + 4 * i + s, endRow - 1) * params.K + lane;
      }
    }
    if (A_ALONG_K == 0u) { // static
      aAt[i] = min(firstRow + 4 * i + lane, endRow - 1);
    }
  }
  for (var j = 0u; j < Q; j++) { // unroll
    if (B_ALONG_K == 1u) { // static
      for (var s = 0u; s < 4; s++) { // unroll
        bAt[4 * j + s] = bBase + min(column + 4 * j + s, N - 1) * params.K + lane;
      }
    }
    if (B_ALONG_K == 0u) { // static
      bAt[j] = bBase + min(column + 4 * j + lane, N - 1);
    }
  }

  var acc: array<vec4f, P * Q>;
  for (var k = firstK; k < endK; k += 4) {
    // Steps beyond the end count as zero on both sides: what stands there may be NaN.
    let along = k + lane < endK;
    let step = vec4<bool>(true, k + 1 < endK, k + 2 < endK, k + 3 < endK);
    var bv: array<vec4f, Q>;
    for (var j = 0u; j < Q; j++) { // unroll
      if (B_ALONG_K == 1u) { // static
        let v = vec4f(b[bAt[4 * j] + k], b[bAt[4 * j + 1] + k], b[bAt[4 * j + 2] + k], b[bAt[4 * j + 3] + k]);
        bv[j] = transpose_quad(select(vec4f(), v, along), odd);
      }
      if (B_ALONG_K == 0u) { // static
        let at = bAt[j] + k * N;
        bv[j] = select(vec4f(), vec4f(b[at], b[at + N], b[at + 2 * N], b[at + 3 * N]), step);
      }
    }
    for (var i = 0u; i < P; i++) { // unroll
      var av: vec4f;
      if (A_ALONG_K == 1u) { // static
        let v = vec4f(a[aAt[4 * i] + k], a[aAt[4 * i + 1] + k], a[aAt[4 * i + 2] + k], a[aAt[4 * i + 3] + k]);
        av = transpose_quad(select(vec4f(), v, along), odd);
      }
      if (A_ALONG_K == 0u) { // static
        let at = aAt[i] + k * params.M;
        av = select(vec4f(), vec4f(a[at], a[at + params.M], a[at + 2 * params.M], a[at + 3 * params.M]), step);
      }
      let x = quadSwapX(av);
      let y = quadSwapY(av);
      let d = quadSwapDiagonal(av);
      let m = mat4x4f(av.x, x.x, y.x, d.x, av.y, x.y, y.y, d.y, av.z, x.z, y.z, d.z, av.w, x.w, y.w, d.w);
      for (var j = 0u; j < Q; j++) { // unroll
        let v = bv[j];
        acc[i * Q + j] = acc[i * Q + j] + m[0] * v.x + m[1] * v.y + m[2] * v.z + m[3] * v.w;
      }
    }
  }

  for (var i = 0u; i < P; i++) { // unroll
    for (var j = 0u; j < Q; j++) { // unroll
      let v = params.scale * acc[i * Q + j];
      let rows = vec4f(own_component(v, odd), own_component(v.yxwz, odd), own_component(v.zwxy, odd), own_component(v.wzyx, odd));
      let n = column + 4 * j + lane;
      for (var s = 0u; s < 4; s++) { // unroll
        let row = firstRow + 4 * i + s;
        if (row < endRow && n < N) {
          let at = outBase + row * N + n;
          if (params.accumulate == 1u) { out[at] += rows[s]; } else { out[at] = rows[s]; }
        }
      }
    }
  }
}
