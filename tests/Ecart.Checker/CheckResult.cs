using System.Globalization;
using System.Text.Json;
using Ecart.Checker.Comparing;
using Ecart.Checker.Faults;

namespace Ecart.Checker;

/// <summary>What a check came to.</summary>
/// <param name="Options">What was checked.</param>
/// <param name="Produced">Items produced, repetitions and labels included.</param>
/// <param name="Events">Events stored.</param>
/// <param name="Labels">Labels stored.</param>
/// <param name="Alerts">Alerts stored.</param>
/// <param name="Faults">Faults that took place.</param>
/// <param name="Time">From the first item to the last that became durable.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record CheckResult(
    CheckOptions Options,
    int Produced,
    long Events,
    long Labels,
    long Alerts,
    IReadOnlyDictionary<Fault, int> Faults,
    TimeSpan Time,
    Findings Findings)
{
    /// <summary>The report; its last line is JSON.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Produced:N0} items produced through {Options.Producer} in {Time.TotalSeconds:F1} s, seed {Options.Seed}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored: {Events:N0} events, {Labels:N0} labels, {Alerts:N0} alerts"));
        foreach ((Fault fault, int count) in Faults) output.WriteLine($"  {count,3} x {fault}");
        foreach (string line in Findings.Lines) output.WriteLine("WRONG " + line);
        output.WriteLine(Findings.Count == 0
            ? "Nothing found: every event, label, alert, outbox message and rejected record once, contents equal, order kept, verdicts those of "
                + (Options.IsOrderTotal ? "an undisturbed run." : "the stored log (the order among entities is not promised).")
            : "Something is wrong.");
        output.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["check"] = Options.Producer.ToString().ToLowerInvariant(),
            ["seed"] = Options.Seed,
            ["produced"] = Produced,
            ["events"] = Events,
            ["labels"] = Labels,
            ["alerts"] = Alerts,
            ["faults"] = Faults.Values.Sum(),
            ["findings"] = Findings.Count,
            ["seconds"] = Math.Round(Time.TotalSeconds, 1),
        }));
    }
}
