const labels = {};

export default labels;
