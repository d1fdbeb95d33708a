// combine_forward: LANES threads take one token and mix its experts' outputs, in k order; a workgroup takes ROWS tokens.
//   out_n = Σ_k share_nk · inp_slotOf_nk     (0 where no slot belongs to the token)
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<Element>;        // (R, C)
@group(0) @binding(2) var<storage, read> share: array<f32>;          // (N, K)
@group(0) @binding(3) var<storage, read> slotOf: array<u32>;         // (N, K)
@group(0) @binding(4) var<storage, read_write> out: array<Element>;  // (N, C)

const K: u32 = 2u;
const NONE = 0xffffffffu;
override LANES: u32 = 32;
override ROWS: u32 = 2;

@compute @workgroup_size(LANES * ROWS)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let n = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  if (n >= params.N) { return; }
  var slots: array<u32, K>;
  var shares: array<f32, K>;
  for (var k = 0u; k < K; k++) { // unroll
    slots[k] = slotOf[n * K + k];
    shares[k] = share[n * K + k];
  }
  for (var c = thread % LANES; c < params.C; c += LANES) {
    var sum = Element();
    for (var k = 0u; k < K; k++) { // unroll
      if (slots[k] != NONE) { sum += shares[k] * inp[slots[k] * params.C + c]; }
    }
    out[n * params.C + c] = sum;
  }
}
