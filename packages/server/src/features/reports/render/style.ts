// How a report looks in a browser and on paper printed from it: the same typeface as the PDF, embedded, so that nothing is fetched.
import { readFileSync } from 'node:fs';
import { faceFile } from './pdf/face-files.js';

const embedded = (family: string, weight: number, file: string): string =>
  `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff;base64,${readFileSync(file).toString('base64')}) format("woff")}`;

/** Text within a string of CSS. */
const quoted = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} .,:;()+/-]/gu, (one) => `\\${(one.codePointAt(0) ?? 0).toString(16)} `)}"`;

export const styleOf = (handling: string, subject: string): string => `
${embedded('Report', 400, faceFile('sans', 'latin'))}
${embedded('Report', 600, faceFile('bold', 'latin'))}
${embedded('Report Mono', 400, faceFile('mono', 'latin'))}
:root{--ink:#16191d;--quiet:#5b636d;--line:#d5d9de;--mark:#a3252b;color-scheme:light}
*{box-sizing:border-box}
html{background:#fff}
body{margin:0 auto;max-width:74rem;padding:2.5rem 2rem 4rem;color:var(--ink);font:400 15px/1.5 Report,"IBM Plex Sans",system-ui,sans-serif;font-variant-numeric:tabular-nums}
.handling{color:var(--mark);font-weight:600;letter-spacing:.02em}
header.cover{border-top:3px solid var(--ink);padding-top:1.2rem;margin-bottom:2rem}
h1{font-size:2rem;line-height:1.2;margin:.4rem 0 .2rem;font-weight:600;text-wrap:balance}
.subject{font-size:1.15rem;color:var(--quiet);margin:0 0 1.4rem}
h2{font-size:1.3rem;font-weight:600;margin:2.6rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line);break-after:avoid}
p{max-width:46rem;margin:.4rem 0}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.2rem 1.4rem;margin:.8rem 0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
nav ol{padding-left:1.4rem;margin:.4rem 0;columns:2}a{color:inherit}
.wide{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:12.5px;line-height:1.4}
caption{text-align:left;font-weight:600;font-size:14px;padding:.3rem 0;color:var(--ink)}
caption small{color:var(--quiet);font-weight:400;margin-left:.6rem}
th{text-align:left;font-weight:600;color:var(--quiet);border-bottom:1px solid var(--ink);vertical-align:bottom}
th,td{padding:.3rem .7rem .3rem 0;min-width:4.8em}td{border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.number{text-align:right;white-space:nowrap}.mono{font-family:"Report Mono","IBM Plex Mono",monospace;font-size:.88em;word-break:break-all}
.under{display:block;color:var(--quiet);font-size:.92em}
figure{margin:1rem 0;break-inside:avoid}figcaption{color:var(--quiet);font-size:13px;margin-bottom:.4rem}
svg{max-width:100%;height:auto}figure img{border:1px solid var(--line);max-width:16rem}
.end{margin-top:3rem;border-top:1px solid var(--ink);padding-top:.6rem;color:var(--quiet)}
@page{size:A4 landscape;margin:18mm 14mm 16mm;@top-left{content:${quoted(handling)};font:600 8pt Report,sans-serif;color:#a3252b}@top-right{content:${quoted(subject)};font:8pt Report,sans-serif;color:#5b636d}@bottom-right{content:counter(page) " / " counter(pages);font:8pt Report,sans-serif;color:#5b636d}}
@media print{body{max-width:none;padding:0;font-size:9.5pt}table{font-size:7.5pt}.wide{overflow:visible}thead{display:table-header-group}tr{break-inside:avoid}nav{display:none}}
`;
