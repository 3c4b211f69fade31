using System.Globalization;
using Ecart.App.Commands;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Domains.Network.Signatures;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Signatures;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.App.Signatures;

/// <summary>Learns a signature from stored connections that people confirmed to be a threat, against normal ones, and stores it unless it is a trial.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Category">Its category.</param>
/// <param name="Severity">Its severity.</param>
internal sealed record SignatureTraining(string Name, string Category, Severity Severity)
{
    private const int MostExamples = 10_000;
    private const int MostNormal = 20_000;

    /// <summary>Id of the technique in MITRE ATT&amp;CK; null for none.</summary>
    public string? MitreId { get; init; }

    /// <summary>What it is, for people; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Only examples whose verdict is of this class; null for all.</summary>
    public string? ThreatType { get; init; }

    /// <summary>File of the examples' uids, one a line; null for what people confirmed.</summary>
    public FileInfo? Uids { get; init; }

    /// <summary>Event time before the newest connection that is learned from.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Stores nothing.</summary>
    public bool IsTrial { get; init; }

    public async Task<int> RunAsync(OpenStore store, string reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<float[]> threats = await ReadExamplesAsync(store, cancellationToken).ConfigureAwait(false);
        if (threats.Count == 0 && Uids is null)
        {
            throw new CommandException(
                $"No connection of the last {Window.TotalDays:N0} days is confirmed to be a threat{(ThreatType is null ? "" : $" and of the class '{ThreatType}'")}: "
                + "give examples with --uids FILE, or confirm some first (docs/how-to/learn-from-verdicts.md).");
        }

        NormalEvents normal = await new NormalHistory(store.ConnectionString, store.Domain.MakeTable())
            .ReadLayoutAsync(store.MakeEngine(DomainModels.None).LayoutVersion, Window, MostNormal, null, cancellationToken).ConfigureAwait(false);
        float[][] normals = [.. Enumerable.Range(0, normal.Rows.Rows).Select(row => normal.Rows.Row(row).ToArray())];
        NetworkSignature signature = SignatureLearning.Learn(Name, Category, Severity, threats, normals, MitreId) with { Description = Description };
        if (signature.FindFault() is { } fault) throw new SignatureException($"Signature '{Name}': {fault}");
        Output.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"Signature '{Name}': radius {signature.Radius:F4}. It holds {Inside(signature, threats):N0} of {threats.Count:N0} examples and {Inside(signature, normals):N0} of {normals.Length:N0} normal connections."));
        if (IsTrial)
        {
            Output.Note("Nothing was stored: --dry-run.");
            return ExitCode.Done;
        }

        int added = await new SignatureStore(store.ConnectionString).PutAsync([signature], reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        Output.Result(added == 1 ? "It is in force." : "It is in force in place of the one of this name.");
        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<float[]>> ReadExamplesAsync(OpenStore store, CancellationToken cancellationToken)
    {
        var examples = new SignatureExamples(store.ConnectionString);
        if (Uids is null) return await examples.ReadConfirmedAsync(ThreatType, Window, MostExamples, cancellationToken).ConfigureAwait(false);
        string[] lines = await File.ReadAllLinesAsync(Uids.FullName, cancellationToken).ConfigureAwait(false);
        string[] uids = [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
        IReadOnlyList<float[]> found = await examples.ReadAsync(uids, cancellationToken).ConfigureAwait(false);
        if (found.Count < uids.Length) Output.Warning($"{uids.Length - found.Count:N0} of {uids.Length:N0} uids of {Uids.Name} name no stored connection.");
        return found;
    }

    private static int Inside(NetworkSignature signature, IReadOnlyList<float[]> vectors)
    {
        float[] centre = [.. signature.Vector];
        return vectors.Count(vector => VectorMath.Distance(vector, centre) <= signature.Radius);
    }
}
