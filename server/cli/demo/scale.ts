/** Reported figures of 碑林区, which the demo district is as large as. */
export const scale = { communities: 105, compounds: 1472, residents: 756_800, pilots: 19, sites: 36, answers: 15_765 }
