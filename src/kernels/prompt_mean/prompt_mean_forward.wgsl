// prompt_mean_forward: one thread takes one element of channels of one sequence, in row order.
//   out_btc = Σ_(t' < P_b) inp_bt'c / P_b for every t, P_b = promptLengths_b; P_b = 0 counts as 1, so that out is 0
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { B: u32, T: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<Element>;          // (N, C), N = B · T
@group(0) @binding(2) var<storage, read> promptLengths: array<u32>;  // (B)
@group(0) @binding(3) var<storage, read_write> out: array<Element>;    // (N, C)

override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.B * params.C) { return; }
  let b = i / params.C;
  let c = i % params.C;
  let first = b * params.T;
  let prompt = min(promptLengths[b], params.T);
  var sum = Element();
  for (var n = first; n < first + prompt; n++) { sum += inp[n * params.C + c]; }
  sum /= f32(max(prompt, 1));
  for (var n = first; n < first + params.T; n++) { out[n * params.C + c] = sum; }
}
