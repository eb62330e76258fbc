const locations = {};

export default locations;
