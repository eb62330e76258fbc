const csv = {};

export default csv;
