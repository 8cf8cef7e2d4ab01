// A typical front end for a stream: it lists the events, and leaves reconnecting to the browser.
interface Order {
  number: number;
  status: string;
}

const url = new URLSearchParams(location.search).get('stream') ?? '';
const state = document.querySelector('#state');
const orders = document.querySelector('#orders');

const source = new EventSource(url);
source.addEventListener('open', () => show('Live'));
source.addEventListener('error', () => show(source.readyState === EventSource.CLOSED ? 'Closed' : 'Reconnecting'));
source.addEventListener('order', ({ data }: MessageEvent<string>) => {
  const { number, status } = JSON.parse(data) as Order;
  const item = document.createElement('li');
  item.textContent = `Order ${number}: ${status}`;
  orders?.append(item);
});

function show(text: string): void {
  if (state) state.textContent = text;
}
