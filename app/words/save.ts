/** What can be taken along. */
export const save = {
  title: 'Take it with you',
  note: 'Files are made in this tab and saved by the browser. Nothing is uploaded.',
  model: 'Save the fused model',
  modelAbout: 'A Hugging Face directory as one ZIP: config.json, model.safetensors, tokenizer.json.',
  commandAbout: 'Once unpacked, the command line answers with it:',
  command: 'npm run -s h3 -- generate --model h3fusion_model --prompt "are bats blind? =>"',
  unpack: 'unzip h3fusion_model.zip -d h3fusion_model',
  noModel: 'There is none yet: fuse the three first.',
  run: 'Save the run’s numbers',
  runAbout: 'CSV, one line a step: every loss, the drift of each expert, the router’s accuracy and entropy, gradient norm, learning rate, tokens per second.',
  report: 'Save the report',
  reportAbout: 'One HTML file that needs nothing else: recipe, curves, scores, confusion, ablation, drift, this machine, and the command that repeats the run.',
  nothing: 'There is nothing to report yet: fuse or measure first.',
  working: 'Reading the weights…',
  saved: (name: string, size: string) => `${name} is saved, ${size} MB.`,
  savedPlain: (name: string) => `${name} is saved.`,
} as const;
