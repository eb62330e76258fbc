export default function CountsPage() {
  return null;
}
