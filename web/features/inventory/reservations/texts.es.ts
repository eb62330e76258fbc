const reservations = {};

export default reservations;
