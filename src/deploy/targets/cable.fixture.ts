import { type AddressInfo, connect, createServer } from 'node:net';

export interface Cable {
  port: number;
  cuts(): number;
  close(): Promise<unknown>;
}

/**
 * A way to a server of this machine whose connections are cut.
 *
 * @param bytesOf after how many bytes a new connection is cut, counted in both directions
 */
export async function cable(to: number, bytesOf: (cuts: number) => number): Promise<Cable> {
  let cuts = 0;
  const front = createServer((socket) => {
    const behind = connect(to, '127.0.0.1');
    let left = bytesOf(cuts);
    const count = (data: Buffer) => {
      const was = left;
      left -= data.length;
      if (was < 0 || left >= 0) return;
      cuts += 1;
      socket.destroy();
      behind.destroy();
    };
    for (const one of [socket, behind]) {
      one.on('error', () => {});
      one.on('data', count);
    }
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    port: (front.address() as AddressInfo).port,
    cuts: () => cuts,
    close: () => new Promise((resolve) => front.close(resolve)),
  };
}
