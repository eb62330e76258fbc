const movements = {};

export default movements;
