const scan = {};

export default scan;
