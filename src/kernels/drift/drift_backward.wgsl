// drift_backward: one thread takes one element.
//   dweight_ei += 2 · gamma_e · (weight_ei − start_ei)
// Where n divides by 4, elements are vec4f and n counts fours.
alias Element = f32;
struct Params {
  E: u32, n: u32,
  gamma0: f32, gamma1: f32, gamma2: f32, gamma3: f32, gamma4: f32, gamma5: f32, gamma6: f32, gamma7: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<Element>;         // (E, n)
@group(0) @binding(2) var<storage, read> start: array<Element>;          // (E, n)
@group(0) @binding(3) var<storage, read_write> dweight: array<Element>;  // (E, n)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.E * params.n) { return; }
  var gammas = array<f32, 8>(
    params.gamma0, params.gamma1, params.gamma2, params.gamma3, params.gamma4, params.gamma5, params.gamma6, params.gamma7,
  );
  let gamma = gammas[i / params.n];
  if (gamma == 0.0) { return; }
  dweight[i] += 2.0 * gamma * (weight[i] - start[i]);
}
