// What is done to an excerpt before it is looked for: options of ffmpeg, and by how much it then runs faster.
const ENCODE = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-b:v',
  '500k',
  '-pix_fmt',
  'yuv420p',
  '-c:a',
  'aac',
  '-b:a',
  '64k',
];
const filter = (text) => ['-vf', text];
const SIZE = 'scale=854:480:force_original_aspect_ratio=decrease,pad=ceil(iw/2)*2:ceil(ih/2)*2,setsar=1';

export const EDITS = {
  'film-excerpt': { bar: 95, options: filter(`${SIZE},drawbox=x=20:y=20:w=90:h=40:color=white@0.8:t=fill`) },
  'film-crop': { bar: 85, options: filter(`crop=iw*0.8:ih*0.8,${SIZE}`) },
  'film-mirror': { bar: 85, options: filter(`hflip,${SIZE}`) },
  'film-letterbox': {
    bar: 85,
    options: filter(`${SIZE},scale=iw:trunc(ih*0.375)*2,pad=iw:trunc(ih*0.66)*2:0:(oh-ih)/2`),
  },
  'film-speed-1-1': { bar: 85, speed: 1.1, options: [...filter(`setpts=PTS/1.1,${SIZE}`), '-af', 'atempo=1.1'] },
  'film-picture-in-picture': {
    bar: 85,
    options: [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=854x480:r=24',
      '-filter_complex',
      '[0:v]scale=427:240[p];[1:v][p]overlay=380:200:shortest=1',
    ],
  },
};
/** Pictures alone: what is measured is what they say by themselves. */
export const encoded = (options) => [...options, ...ENCODE, '-an'];
