const counts = {};

export default counts;
