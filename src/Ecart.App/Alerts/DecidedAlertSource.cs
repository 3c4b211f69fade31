using Ecart.App.Serve.Http;
using Ecart.App.Terminal;
using Ecart.Events;
using Ecart.MariaDb.Alerts;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.App.Alerts;

/// <summary>
/// Decisions on alerts as labels: whoever decided, in the console, by a command or in SQL, and whenever, the pipeline of the domain learns from it once. A decision is
/// noted as taken after its label is durable; one that is entered again, after a crash or by another node, says what is known. Thread-safe.
/// </summary>
internal sealed class DecidedAlertSource(string connectionString, string domain, TimeSpan interval) : ILiveSource, IDisposable
{
    private const int MostAtATime = 500;
    private const int LongestSource = 64;
    private readonly DecidedAlertStore decisions = new(connectionString);
    private readonly SemaphoreSlim nudge = new(0);
    private bool isWarned;

    /// <inheritdoc/>
    public string Name => "alerts";

    /// <summary>Whose decisions they are.</summary>
    public string Domain => domain;

    /// <summary>Looks for decisions at once.</summary>
    public void Nudge()
    {
        if (nudge.CurrentCount == 0) nudge.Release();
    }

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (!await TryTakeAsync(intake, cancellationToken).ConfigureAwait(false)) await nudge.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops; what is not noted yet is entered again at the next start.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => nudge.Dispose();

    /// <returns>Whether there may be more at once.</returns>
    private async Task<bool> TryTakeAsync(IIntake intake, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<DecidedAlert> waiting = await decisions.ReadAsync(domain, MostAtATime, cancellationToken).ConfigureAwait(false);
            if (waiting.Count == 0) return false;
            PostedItem[] labels = [.. waiting.Select(LabelOf)];
            foreach (PostedItem label in labels) await intake.EnterAsync(new IntakeItem(label.Item, null, label), cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(labels.Select(label => label.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
            // A label that was rejected speaks of an event that is not kept any more: it will not be there next time either.
            await decisions.TookAsync([.. waiting.Where((_, i) => labels[i].Outcome!.Kind != PostedOutcomeKind.Abandoned)], cancellationToken).ConfigureAwait(false);
            isWarned = false;
            return waiting.Count == MostAtATime;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            if (!isWarned) Output.Warning($"decisions on alerts wait for the store: {error.Message}");
            isWarned = true;
            return false;
        }
    }

    private PostedItem LabelOf(DecidedAlert decided)
    {
        string source = "alert:" + (decided.DecidedBy ?? "unknown");
        var label = new Label(
            domain,
            decided.EventUid,
            decided.Status == AlertStatus.ConfirmedFraud,
            decided.DecidedAt > decided.OccurredAt ? decided.DecidedAt : decided.OccurredAt,
            source.Length <= LongestSource ? source : source[..LongestSource]);
        return new PostedItem(new ReplayItem(null, label, null, Name, decided.AlertId), decided.EventUid);
    }
}
