import yauzl from 'yauzl';

/** Resolves with the names of the files in a ZIP file, in its order. */
export function namesInZip(file: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, (error, zip) => {
      if (error) return reject(error);
      const names: string[] = [];
      zip.on('entry', ({ fileName }: yauzl.Entry) => names.push(fileName));
      zip.once('end', () => resolve(names)).once('error', reject);
    });
  });
}
