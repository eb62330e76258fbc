const stock = {};

export default stock;
