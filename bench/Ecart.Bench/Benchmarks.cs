using Ecart.Bench.Detectors;
using Ecart.Bench.Growth;
using Ecart.Bench.Http;
using Ecart.Bench.Network;
using Ecart.Bench.Pages;
using Ecart.Bench.Pipeline;
using Ecart.Bench.Rules;
using Ecart.Bench.Stream;

namespace Ecart.Bench;

/// <summary>All benchmarks. To add one: write it in a folder of its own and name it here.</summary>
internal static class Benchmarks
{
    public static IReadOnlyList<IBenchmark> All { get; } =
        [new PipelineBenchmark(), new StreamBenchmark(), new HttpBenchmark(), new ConsoleBenchmark(), new GrowthBenchmark(), new DetectorsBenchmark(), new NetworkBenchmark(), new RulesBenchmark()];
}
