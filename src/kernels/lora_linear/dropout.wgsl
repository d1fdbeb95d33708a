// dropout: one thread takes one element of the grouped rows.
//   out_i = or += m_i · inp_i,   m_i = 0 with probability threshold / 2³², else keep = 1 / (1 − dropout)
// m_i hangs on seed and i alone, so that backward finds forward's mask without storing it.
struct Params { G: u32, I: u32, seed: u32, threshold: u32, keep: f32, accumulate: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;    // (G+1)
@group(0) @binding(2) var<storage, read> inp: array<f32>;        // (R, I)
@group(0) @binding(3) var<storage, read_write> out: array<f32>;  // (R, I)

override WG: u32 = 64;

// A bijective integer mix of two xor-shift-multiply rounds, so that close seeds and close elements share nothing.
fn mix(value: u32) -> u32 {
  var h = value;
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  return h ^ (h >> 16);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= offsets[params.G] * params.I) { return; }
  let kept = mix(i ^ mix(params.seed)) >= params.threshold;
  let value = select(0.0, inp[i] * params.keep, kept);
  if (params.accumulate == 1u) { out[i] += value; } else { out[i] = value; }
}
