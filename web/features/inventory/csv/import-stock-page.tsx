export default function ImportStockPage() {
  return null;
}
