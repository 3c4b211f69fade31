using System.CommandLine;

namespace Ecart.Bench.Detectors;

/// <summary>How fast the detectors are beside what bounds them (memory) and beside scikit-learn on the same rows.</summary>
internal sealed class DetectorsBenchmark : IBenchmark
{
    private const int DefaultRounds = 5;

    public Command MakeCommand()
    {
        var rounds = new Option<int?>("--rounds") { Description = $"rounds of which the median counts; default {DefaultRounds}" };
        var threads = new Option<int?>("--threads") { Description = "threads in bulk work, ours and the peers'; default one a processor" };
        var only = new Option<string[]>("--only")
        {
            Description = $"groups to measure: {string.Join(", ", FigureGroups.All.Select(group => group.Name))}; default all",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. FigureGroups.All.Select(group => group.Name)]);
        BoundedOption.Require(rounds, 1, 1000);
        BoundedOption.Require(threads, 1, 1024);
        var command = new Command("detectors", "Detectors beside the memory's speed and beside scikit-learn, when /usr/bin/python3 has it.") { rounds, threads, only };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(
            arguments.GetValue(rounds) ?? DefaultRounds, arguments.GetValue(threads) ?? Environment.ProcessorCount, arguments.GetValue(only) ?? [], cancellationToken)));
        return command;
    }

    private static int Run(int rounds, int threads, string[] only, CancellationToken cancellationToken)
    {
        var session = new MeasuringSession(rounds, threads, ScikitLearn.Find(), new ErrorStreamProgress(), cancellationToken);
        if (session.Peers.Version is null) Console.Error.WriteLine("bench: /usr/bin/python3 has no scikit-learn (Debian: python3-sklearn); its figures are left out.");
        try
        {
            var figures = new List<Figure>();
            foreach (IFigureGroup group in FigureGroups.All.Where(group => only.Length == 0 || only.Contains(group.Name)))
            {
                session.Progress.Report($"{group.Name}:");
                foreach (Figure figure in group.Measure(session))
                {
                    session.Progress.Report($"  {figure.Key} = {DetectorsReport.Number(figure.Value)} {figure.Unit}");
                    figures.Add(figure);
                }
            }

            DetectorsReport.Write(session, figures);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("bench: stopped; a part of a run says nothing.");
            return 130;
        }
    }
}
