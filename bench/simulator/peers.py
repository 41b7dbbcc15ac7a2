"""The same queues in SimPy and Ciw: python peers.py <simpy|ciw> <mmc|network> <customers>. Prints seconds and the mean response."""

import json
import random
import sys
import time

MMC = {"rate": 800.0, "stations": [(1 / 0.004, 4)], "visits": [1.0]}
NETWORK = {
    "rate": 4.0,
    "stations": [(1 / 0.04, 1), (1 / 0.03, 1), (1 / 0.06, 1), (1 / 0.05, 1)],
    "visits": [5.0, 2.5, 2.5, 1.0],
}
# What the visits above follow from: into the last station, on to the first, and from there to the second or third.
ROUTING = [[0.0, 0.5, 0.5, 0.0], [1.0, 0.0, 0.0, 0.0], [0.6, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]


def with_simpy(model, customers):
    import simpy

    draw = random.Random(1)
    environment = simpy.Environment()
    stations = [(simpy.Resource(environment, servers), rate) for rate, servers in model["stations"]]
    total = 0.0

    def customer():
        nonlocal total
        arrival = environment.now
        for (resource, rate), mean in zip(stations, model["visits"]):
            for _ in range(int(mean) + (draw.random() < mean % 1)):
                with resource.request() as request:
                    yield request
                    yield environment.timeout(draw.expovariate(rate))
        total += environment.now - arrival

    def source():
        for _ in range(customers):
            yield environment.timeout(draw.expovariate(model["rate"]))
            environment.process(customer())

    environment.process(source())
    start = time.perf_counter()
    environment.run()
    return time.perf_counter() - start, total / customers


def with_ciw(model, customers):
    import ciw

    # Not SimPy's seed: both draw from Python's generator.
    ciw.seed(2)
    several = len(model["stations"]) > 1
    arrivals = [None] * (len(model["stations"]) - 1) + [ciw.dists.Exponential(model["rate"])]
    network = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=[ciw.dists.Exponential(rate) for rate, _ in model["stations"]],
        number_of_servers=[servers for _, servers in model["stations"]],
        routing=ROUTING if several else [[0.0]],
    )
    simulation = ciw.Simulation(network)
    start = time.perf_counter()
    simulation.simulate_until_max_customers(customers, method="Finish")
    seconds = time.perf_counter() - start
    # Of those that left: others have records too.
    done = [record for individual in simulation.nodes[-1].all_individuals for record in individual.data_records]
    finished = len(simulation.nodes[-1].all_individuals)
    return seconds, sum(record.exit_date - record.arrival_date for record in done) / finished


library, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
model = MMC if name == "mmc" else NETWORK
seconds, mean_s = (with_simpy if library == "simpy" else with_ciw)(model, count)
print(json.dumps({"wall_s": seconds, "customers": count, "mean_s": mean_s}))
