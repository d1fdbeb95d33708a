// matmul_register: four lanes (a quad) hold a tile of 4·P rows × 4·Q columns of the result in registers. For software adapters:
// there a load costs as much as twenty multiplications wherever it points, and workgroup memory and barriers cost more.
//   abt: out_rn = Σ_k a_rk · b_gnk      ab: out_rn = Σ_k a_rk · b_gkn      atb: out_gmn = Σ_(r in group g) a_rm · b_rn
// Four steps of k at a time. Lane l reads rows 4·i + l of `a` where they lie along k, else rows 16·(i/4) + 4·l + i%4, and columns
// 16·(j/4) + 4·l + j%4 of `b`, so that every load is a vec4. Swapping `a` among the lanes lets every row meet every column:
// component s of acc[i·Q + j] belongs to the row of lane l ^ s and the column of lane l.
// Row groups come from offsets: a workgroup finds its group by counting tiles, and returns where there is none.
// To be expanded before compilation (gpu/expand.ts), since registers have no dynamic index.
enable subgroups;
struct Params { G: u32, M: u32, N: u32, K: u32, accumulate: u32, scale: f32 }

alias Element = vec4f;  // f32 where a dimension is no multiple of 4

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;        // (G+1)
@group(0) @binding(2) var<storage, read> a: array<Element>;          // abt, ab: (R, K); atb: (R, M)
@group(0) @binding(3) var<storage, read> b: array<Element>;          // abt: (G, N, K); ab: (G, K, N); atb: (R, N)
@group(0) @binding(4) var<storage, read_write> out: array<Element>;  // abt, ab: (R, N); atb: (G, M, N)

const WIDTH: u32 = 4u;   // floats in an Element
const P: u32 = 4u;
const P4: u32 = 1u;      // P / 4; P is a multiple of 4 for atb
const Q: u32 = 4u;
const Q4: u32 = 1u;      // Q / 4
const A_ALONG_K: u32 = 1u;  // abt, ab
const B_ALONG_K: u32 = 1u;  // abt
const SUM_ROWS: u32 = 0u;   // atb

fn load_a(at: u32) -> vec4f {
  if (WIDTH == 4u) { // static
    return a[at];
  }
  if (WIDTH == 1u) { // static
    return vec4f(a[at], a[at + 1], a[at + 2], a[at + 3]);
  }
}

fn load_b(at: u32) -> vec4f {
  if (WIDTH == 4u) { // static
    return b[at];
  }
  if (WIDTH == 1u) { // static
    return vec4f(b[at], b[at + 1], b[at + 2], b[at + 3]);
  }
}

// Four columns from n on.
fn store(row: u32, n: u32, v: vec4f) {
  let at = row * params.N + n;
  if (WIDTH == 4u) { // static
    if (params.accumulate == 1u) { out[at / 4] += v; } else { out[at / 4] = v; }
  }
  if (WIDTH == 1u) { // static
    for (var c = 0u; c < min(params.N - n, 4u); c++) {
      if (params.accumulate == 1u) { out[at + c] += v[c]; } else { out[at + c] = v[c]; }
    }
  }
}

@compute @workgroup_size(4)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  let N = params.N;
  let columnTiles = (N + 4 * Q - 1) / (4 * Q);
  let workgroup = wid.x + wid.y * num.x;
  let firstColumn = workgroup % columnTiles * 4 * Q;
  var tile = workgroup / columnTiles;
  var g = 0u;
  var firstRow = 0u;
  var endRow = params.M;
  var firstK = 0u;
  var endK = params.K;
  if (SUM_ROWS == 1u) { // static
    let rowTiles = (params.M + 4 * P - 1) / (4 * P);
    g = tile / rowTiles;
    if (g >= params.G) { return; }
    firstRow = tile % rowTiles * 4 * P;
    firstK = offsets[g];
    endK = offsets[g + 1];
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
  }

  // Elements from one row in memory to the next, and where each row of `a` and column of `b` starts; beyond the end the last repeats.
  let aStride = select(params.K, params.M, SUM_ROWS == 1u) / WIDTH;
  let bStride = select(N, params.K, B_ALONG_K == 1u) / WIDTH;
  let bBase = select(g * params.K * N, 0u, SUM_ROWS == 1u) / WIDTH;
  var aAt: array<u32, P>;
  var bAt: array<u32, Q>;
  for (var i = 0u; i < P; i++) { // unroll
    if (A_ALONG_K == 1u) { // static
      aAt[i] = min(firstRow + 4 * i + lane, endRow - 1) * aStride;
    }
    if (A_ALONG_K == 0u) { // static
      aAt[i] = min(firstRow + 4 * i + 4 * lane, endRow - 1) / WIDTH;
    }
  }
  for (var j = 0u; j < Q; j++) { // unroll
    if (B_ALONG_K == 1u) { // static
      bAt[j] = bBase + min(firstColumn + 16 * (j / 4) + 4 * lane + j % 4, N - 1) * bStride;
    }
    if (B_ALONG_K == 0u) { // static
      bAt[j] = bBase + min(firstColumn + 4 * j + 4 * lane, N - 1) / WIDTH;
    }
  }

  var acc: array<vec4f, P * Q>;
  for (var k = firstK; k < endK; k += 4) {
    // Steps beyond the end repeat the last and count as zero: what stands there may be NaN.
    let steps = k + vec4u(0, 1, 2, 3);
    let counts = steps < vec4u(endK);
    let at = min(steps, vec4u(endK - 1));
    let along = k / WIDTH;

    var bv: array<vec4f, Q>;
    if (B_ALONG_K == 1u) { // static
      for (var j = 0u; j < Q; j++) { // unroll
        bv[j] = load_b(bAt[j] + along);
        if (WIDTH == 1u) { // static
          bv[j] = select(vec4f(), bv[j], counts);
        }
      }
    }
    if (B_ALONG_K == 0u) { // static
      for (var j = 0u; j < Q4; j++) { // unroll
        let x = load_b(bAt[4 * j] + at.x * bStride);
        let y = load_b(bAt[4 * j] + at.y * bStride);
        let z = load_b(bAt[4 * j] + at.z * bStride);
        let w = load_b(bAt[4 * j] + at.w * bStride);
        for (var c = 0u; c < 4; c++) { // unroll
          bv[4 * j + c] = vec4f(x[c], y[c], z[c], w[c]);
        }
      }
    }

    var av: array<vec4f, P>;
    if (A_ALONG_K == 1u) { // static
      for (var i = 0u; i < P; i++) { // unroll
        av[i] = load_a(aAt[i] + along);
        if (WIDTH == 1u) { // static
          av[i] = select(vec4f(), av[i], counts);
        }
      }
    }
    if (A_ALONG_K == 0u) { // static
      for (var i = 0u; i < P4; i++) { // unroll
        let x = load_a(aAt[4 * i] + at.x * aStride);
        let y = select(vec4f(), load_a(aAt[4 * i] + at.y * aStride), counts.y);
        let z = select(vec4f(), load_a(aAt[4 * i] + at.z * aStride), counts.z);
        let w = select(vec4f(), load_a(aAt[4 * i] + at.w * aStride), counts.w);
        for (var c = 0u; c < 4; c++) { // unroll
          av[4 * i + c] = vec4f(x[c], y[c], z[c], w[c]);
        }
      }
    }

    for (var i = 0u; i < P; i++) { // unroll
      let own = av[i];
      let x = quadSwapX(own);
      let y = quadSwapY(own);
      let d = quadSwapDiagonal(own);
      for (var j = 0u; j < Q; j++) { // unroll
        let v = bv[j];
        acc[i * Q + j] += vec4f(dot(own, v), dot(x, v), dot(y, v), dot(d, v));
      }
    }
  }

  let base = select(0u, g * params.M, SUM_ROWS == 1u);
  for (var i = 0u; i < P; i++) { // unroll
    for (var s = 0u; s < 4; s++) { // unroll
      let row = firstRow + select(16 * (i / 4) + 4 * (lane ^ s) + i % 4, 4 * i + (lane ^ s), A_ALONG_K == 1u);
      for (var j = 0u; j < Q4; j++) { // unroll
        let n = firstColumn + 16 * j + 4 * lane;
        const at = i * Q + 4 * j;
        if (row < endRow && n < N) {
          store(base + row, n, params.scale * vec4f(acc[at][s], acc[at + 1][s], acc[at + 2][s], acc[at + 3][s]));
        }
      }
    }
  }
}
