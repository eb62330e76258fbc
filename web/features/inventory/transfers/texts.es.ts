const transfers = {};

export default transfers;
