export default function ReservationsPage() {
  return null;
}
