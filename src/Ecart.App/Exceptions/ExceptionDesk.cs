using Ecart.MariaDb.Exceptions;

namespace Ecart.App.Exceptions;

/// <summary>Where exceptions are asked for, looked at before they are made, and made: the same for page, API and command line. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="needsApproval">Whether a second person must approve what is made.</param>
internal sealed class ExceptionDesk(string connectionString, bool needsApproval)
{
    /// <summary>Days that a preview looks back where nobody says otherwise.</summary>
    public const int PreviewDays = 30;

    private const int MostCandidates = 20_000;

    /// <summary>The stored ones.</summary>
    public ExceptionStore Store { get; } = new(connectionString);

    /// <summary>Whether a second person must approve what is made.</summary>
    public bool NeedsApproval => needsApproval;

    /// <summary>What an alert suggests.</summary>
    /// <returns>Null when there is no such alert, or its event is not kept any more.</returns>
    public async Task<ExceptionSuggestion?> SuggestAsync(long alertId, CancellationToken cancellationToken)
    {
        if (await new AlertDomain(connectionString).FindAsync(alertId, cancellationToken).ConfigureAwait(false) is not { } name) return null;
        if (await ExceptionDomain.FindAsync(connectionString, name, cancellationToken).ConfigureAwait(false) is not { } domain) return null;
        if (await domain.Evidence.FindAlertAsync(alertId, cancellationToken).ConfigureAwait(false) is not { } subject) return null;
        RadiusFigures figures = await domain.Evidence.MeasureAsync(subject, cancellationToken).ConfigureAwait(false);
        var wish = new ExceptionWish
        {
            Domain = name,
            AlertId = alertId,
            EntityType = subject.EntityType,
            EntityId = subject.EntityId,
            EventUid = subject.EventUid,
            Radius = figures.Proposed,
            Days = ExceptionCheck.DefaultDays,
        };
        return new ExceptionSuggestion(wish, subject, figures);
    }

    /// <summary>Checks what somebody asks for.</summary>
    /// <param name="wish">It.</param>
    /// <param name="toMake">Whether it is to be made, and a reason needed, or only looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<(ExceptionDraft? Draft, ExceptionFault? Fault)> CheckAsync(ExceptionWish wish, bool toMake, CancellationToken cancellationToken) =>
        new ExceptionCheck(connectionString, needsApproval).RunAsync(wish, toMake, cancellationToken);

    /// <summary>What an exception would have silenced in the last days.</summary>
    public async Task<ExceptionPreview> PreviewAsync(ExceptionDraft draft, int days, CancellationToken cancellationToken)
    {
        ExceptionDomain domain = (await ExceptionDomain.FindAsync(connectionString, draft.Domain, cancellationToken).ConfigureAwait(false))!;
        IReadOnlyList<AlertCandidate> found = await domain.Evidence.ReadCandidatesAsync(draft, days, MostCandidates + 1, cancellationToken).ConfigureAwait(false);
        bool isCut = found.Count > MostCandidates;
        if (isCut) found = [.. found.Take(MostCandidates)];
        if (draft.Rule is null) return new ExceptionPreview(days, found.Count, !isCut, found);
        (IReadOnlyList<AlertCandidate> matches, int examined) = await new RulePreview(connectionString, domain).RunAsync(draft.Rule, found, cancellationToken).ConfigureAwait(false);
        return new ExceptionPreview(days, examined, !isCut && examined == found.Count, matches);
    }
}
