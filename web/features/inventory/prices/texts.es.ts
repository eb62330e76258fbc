const prices = {};

export default prices;
