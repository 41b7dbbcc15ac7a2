/** The words that names, descriptions and queries are made of. */
export interface Category {
  readonly name: string;
  readonly nouns: readonly [string, ...string[]];
  /** Price range in cents. */
  readonly from_cents: number;
  readonly to_cents: number;
}

const category = (name: string, from_cents: number, to_cents: number, nouns: [string, ...string[]]): Category => ({
  name,
  nouns,
  from_cents,
  to_cents,
});

export const CATEGORIES: readonly [Category, ...Category[]] = [
  category('Computers', 29_900, 299_900, ['laptop', 'desktop', 'workstation', 'chromebook', 'ultrabook', 'notebook']),
  category('Phones', 9_900, 159_900, ['phone', 'smartphone', 'handset', 'flip phone', 'phablet']),
  category('Audio', 1_500, 89_900, ['headphones', 'earbuds', 'speaker', 'soundbar', 'microphone', 'turntable']),
  category('Cameras', 7_900, 399_900, ['camera', 'lens', 'tripod', 'camcorder', 'flashgun', 'drone']),
  category('Televisions', 14_900, 349_900, ['television', 'projector', 'streaming stick', 'remote control']),
  category('Accessories', 500, 14_900, ['charger', 'cable', 'power bank', 'adapter', 'stylus', 'docking station']),
  category('Gaming', 1_900, 69_900, ['console', 'controller', 'gaming chair', 'joystick', 'headset', 'board game']),
  category('Shoes', 1_900, 24_900, ['shoes', 'sneakers', 'boots', 'sandals', 'slippers', 'loafers']),
  category('Clothing', 900, 29_900, ['shirt', 'jacket', 'jeans', 'sweater', 'dress', 'hoodie', 'socks']),
  category('Watches', 2_900, 499_900, ['watch', 'smartwatch', 'chronograph', 'fitness tracker', 'wall clock']),
  category('Kitchen', 700, 59_900, ['kettle', 'toaster', 'blender', 'saucepan', 'knife', 'coffee maker', 'mixer']),
  category('Furniture', 3_900, 199_900, ['chair', 'table', 'sofa', 'bookshelf', 'wardrobe', 'desk', 'bed frame']),
  category('Garden', 900, 79_900, ['lawnmower', 'hose', 'shovel', 'greenhouse', 'planter', 'barbecue']),
  category('Tools', 600, 49_900, ['drill', 'hammer', 'screwdriver', 'saw', 'wrench', 'toolbox', 'ladder']),
  category('Books', 400, 7_900, ['novel', 'cookbook', 'atlas', 'biography', 'dictionary', 'textbook']),
  category('Toys', 500, 19_900, ['puzzle', 'doll', 'train set', 'building blocks', 'kite', 'teddy bear']),
  category('Sports', 800, 129_900, ['bicycle', 'racket', 'football', 'yoga mat', 'dumbbell', 'tent', 'kayak']),
  category('Beauty', 300, 14_900, ['shampoo', 'perfume', 'lipstick', 'razor', 'hair dryer', 'moisturiser']),
  category('Groceries', 150, 4_900, ['coffee', 'tea', 'olive oil', 'chocolate', 'honey', 'pasta', 'spices']),
  category('Pets', 300, 19_900, ['dog bed', 'cat tree', 'aquarium', 'leash', 'bird cage', 'pet carrier']),
];

export const BRANDS: readonly [string, ...string[]] = [
  'Acorn', 'Alder', 'Altus', 'Arbor', 'Aster', 'Aurum', 'Beacon', 'Birch', 'Boreal', 'Brisk', 'Cairn', 'Calyx', 'Cedar',
  'Cinder', 'Cobalt', 'Corvus', 'Crest', 'Dapple', 'Delta', 'Drift', 'Ember', 'Everly', 'Falcon', 'Fathom', 'Fern', 'Flint',
  'Gable', 'Granite', 'Harbor', 'Hazel', 'Heron', 'Indigo', 'Juniper', 'Kestrel', 'Lark', 'Lumen', 'Maple', 'Meridian',
  'Nimbus', 'Nova', 'Onyx', 'Orchard', 'Osprey', 'Pebble', 'Pinnacle', 'Quartz', 'Quill', 'Raven', 'Ridge', 'Saffron',
  'Sable', 'Sierra', 'Summit', 'Tandem', 'Thistle', 'Umbra', 'Vertex', 'Willow', 'Zenith', 'Zephyr',
]; // prettier-ignore

export const ADJECTIVES: readonly [string, ...string[]] = [
  'wireless', 'compact', 'portable', 'premium', 'classic', 'lightweight', 'waterproof', 'ergonomic', 'foldable', 'silent',
  'rugged', 'slim', 'vintage', 'modern', 'organic', 'professional', 'rechargeable', 'adjustable', 'durable', 'elegant',
  'digital', 'smart', 'handmade', 'heavy', 'insulated', 'magnetic', 'minimalist', 'outdoor', 'reversible', 'soft',
]; // prettier-ignore

export const COLOURS: readonly [string, ...string[]] = [
  'black', 'white', 'silver', 'blue', 'green', 'red', 'graphite', 'ivory', 'copper', 'teal', 'violet', 'amber',
]; // prettier-ignore

export const MATERIALS: readonly [string, ...string[]] = [
  'aluminium', 'steel', 'bamboo', 'cotton', 'leather', 'glass', 'ceramic', 'oak', 'titanium', 'linen', 'carbon', 'cork',
]; // prettier-ignore

export const PURPOSES: readonly [string, ...string[]] = [
  'travel', 'students', 'families', 'beginners', 'the office', 'long journeys', 'small rooms', 'daily use', 'winter',
  'summer', 'gifts', 'experts', 'children', 'weekends', 'the workshop', 'commuting',
]; // prettier-ignore
