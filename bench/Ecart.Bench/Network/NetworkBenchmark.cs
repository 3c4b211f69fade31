using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Ecart.Bench.Network;

/// <summary>Reading and scoring the connections of a Zeek log on one core.</summary>
internal sealed class NetworkBenchmark : IBenchmark
{
    private const int DefaultFlows = 300_000;
    private const int DefaultRounds = 5;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public Command MakeCommand()
    {
        var flows = new Option<int?>("--flows") { Description = $"connections of a round; default {DefaultFlows}" };
        var rounds = new Option<int?>("--rounds") { Description = $"rounds that the medians are taken of; default {DefaultRounds}" };
        BoundedOption.Require(flows, 1000, 10_000_000);
        BoundedOption.Require(rounds, 1, 99);
        var command = new Command("network", "From the bytes of a Zeek log to verdicts, on one core.") { flows, rounds };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(
            Run(arguments.GetValue(flows) ?? DefaultFlows, arguments.GetValue(rounds) ?? DefaultRounds, cancellationToken)));
        return command;
    }

    private static int Run(int flows, int rounds, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetTempPath(), $"ecart-bench-{Environment.ProcessId}-conn.log");
        try
        {
            Console.Error.WriteLine("bench: making a log");
            int written = FlowLog.Write(path, flows);
            var round = new NetworkRound(path);
            var read = new List<Ecart.Domains.Network.NetworkFlow>(written);
            round.Parse(read);
            double[] parsing = new double[rounds];
            double[] scoring = new double[rounds];
            double[] both = new double[rounds];
            long allocated = long.MaxValue;
            for (int i = 0; i < rounds; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Console.Error.WriteLine($"bench: round {i + 1} of {rounds}");
                parsing[i] = round.Parse();
                (scoring[i], long bytes) = round.Score(read);
                allocated = Math.Min(allocated, bytes);
                both[i] = round.ParseAndScore();
            }

            Write(new NetworkResult(
                "network", written, Math.Round(written / Median.Of(both)), Math.Round(written / Median.Of(parsing)), Math.Round(written / Median.Of(scoring)),
                Math.Round((double)allocated / written, 3)));
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("bench: stopped; a part of a run says nothing.");
            return 130;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Write(NetworkResult result)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        Console.WriteLine(string.Create(invariant, $"network: {result.Flows:N0} connections of a Zeek log, one thread"));
        Console.WriteLine(string.Create(invariant, $"  read and scored  {result.FlowsPerSecond,12:N0} flows/s (bar 100,000)"));
        Console.WriteLine(string.Create(invariant, $"  read             {result.ParsedPerSecond,12:N0} flows/s"));
        Console.WriteLine(string.Create(invariant, $"  scored, learned  {result.ScoredPerSecond,12:N0} flows/s, {result.BytesAllocatedPerFlow} bytes allocated a flow"));
        Console.WriteLine(JsonSerializer.Serialize(result, Json));
    }
}
