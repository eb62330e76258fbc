const purchasing = {};

export default purchasing;
