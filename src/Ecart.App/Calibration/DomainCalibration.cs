using System.Text.Json;
using Ecart.App.Domains;
using Ecart.App.Serve.Api;
using Ecart.Calibration;
using Ecart.MariaDb.Calibration;
using Ecart.MariaDb.Configuration;
using Ecart.Scoring;

namespace Ecart.App.Calibration;

/// <summary>Calibration of the domains of a store: what the console, the API and the commands do. Thread-safe.</summary>
internal sealed class DomainCalibration(string connectionString)
{
    /// <summary>Days looked at, at most.</summary>
    public const int MostDays = 365;

    private const int LongestReason = 2000;
    private readonly ConfigurationStore configuration = new(connectionString);
    private readonly CandidateStore candidates = new(connectionString);
    private readonly ThresholdStore thresholds = new(connectionString);

    /// <summary>The thresholds in force and the alerts of the last days.</summary>
    /// <exception cref="CalibrationFault">There is no such domain, or the number of days is out of its range.</exception>
    public async Task<CalibrationState> ReadAsync(string domainName, int days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays) throw new CalibrationFault("days", $"{days}", $"Give a number of days from 1 to {MostDays}.");
        (IServedDomain domain, ActiveConfiguration active, IDomainSettings settings) = await OpenAsync(domainName, cancellationToken).ConfigureAwait(false);
        var store = new DecidedAlerts(connectionString, domain.MakeTable());
        DateTime from = await store.FindFromAsync(days, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<CalibrationEvent> alerts = await store.ReadAsync(from, cancellationToken).ConfigureAwait(false);
        return new CalibrationState(domain, active.Version, settings, SeveritySettings.Of(settings), from, days, alerts);
    }

    /// <summary>What calibration proposes.</summary>
    public static CalibrationProposal Propose(CalibrationState state, CalibrationTarget target, CalibrationForm form) =>
        new CalibrationProposer().Propose(state.Severity, state.Alerts, target, form, state.Days);

    /// <summary>What other thresholds would have made of the last days.</summary>
    /// <exception cref="OptionsException">They cannot be used.</exception>
    public async Task<BackTest> BackTestAsync(CalibrationState state, SeverityOptions candidate, CancellationToken cancellationToken)
    {
        SeveritySettings.Replace(state.Domain, state.Settings, candidate);
        var test = new BackTest(state.Severity, candidate);
        if (BackTest.IsStricter(state.Severity, candidate))
        {
            foreach (CalibrationEvent alert in state.Alerts) test.Add(alert);
            return test;
        }

        var store = new DecidedAlerts(connectionString, state.Domain.MakeTable());
        await foreach (CalibrationEvent stored in store.ReadEventsAsync(state.From, null, cancellationToken).ConfigureAwait(false)) test.Add(stored);
        return test;
    }

    /// <summary>Puts thresholds in force.</summary>
    /// <param name="domainName">The domain.</param>
    /// <param name="severity">The thresholds.</param>
    /// <param name="expected">The configuration that they were made for; null for that in force.</param>
    /// <param name="basis">What they rest on; null for a person's own judgement.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>The new configuration version.</returns>
    /// <exception cref="CalibrationFault">Another configuration is in force by now, or the reason is missing.</exception>
    /// <exception cref="OptionsException">The thresholds cannot be used.</exception>
    public async Task<int> ApplyAsync(
        string domainName, SeverityOptions severity, int? expected, object? basis, string? reason, string by, CancellationToken cancellationToken)
    {
        string why = Reason(reason);
        (IServedDomain domain, ActiveConfiguration active, IDomainSettings settings) = await OpenAsync(domainName, cancellationToken).ConfigureAwait(false);
        IDomainSettings changed = SeveritySettings.Replace(domain, settings, severity);
        int wanted = expected ?? active.Version;
        string text = JsonSerializer.Serialize(new { Replaces = active.Version, Basis = basis }, ApiJson.Options);
        int? version = active.Version != wanted
            ? null
            : await configuration.AddCalibratedAsync(domain.Name, wanted, changed.Text, SeveritySettings.Write(severity), text, why, by, cancellationToken).ConfigureAwait(false);
        if (version is not { } made)
            throw new CalibrationFault("expected_version", $"{wanted}", $"Version {wanted} is not in force any more: look at what changed, and propose again.");
        await domain.ActivatedAsync(changed, made, connectionString, cancellationToken).ConfigureAwait(false);
        return made;
    }

    /// <summary>Goes back to an earlier configuration.</summary>
    /// <param name="domainName">The domain.</param>
    /// <param name="version">Which; null for the one that was in force before.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the work with nothing changed.</param>
    /// <returns>The version that is in force now.</returns>
    /// <exception cref="CalibrationFault">There is no such version, or the reason is missing.</exception>
    public async Task<int> RollBackAsync(string domainName, int? version, string? reason, string by, CancellationToken cancellationToken)
    {
        string why = Reason(reason);
        (IServedDomain domain, _, _) = await OpenAsync(domainName, cancellationToken).ConfigureAwait(false);
        int wanted = version ?? await thresholds.FindPreviousAsync(domain.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new CalibrationFault("version", null, "No other configuration was in force before: name a version.");
        string json = await configuration.GetSettingsAsync(domain.Name, wanted, cancellationToken).ConfigureAwait(false)
            ?? throw new CalibrationFault("version", $"{wanted}", $"The domain {domain.Name} has no version {wanted}.");
        IDomainSettings settings = domain.Read(json);
        await configuration.ActivateAsync(domain.Name, wanted, why, by, cancellationToken).ConfigureAwait(false);
        await domain.ActivatedAsync(settings, wanted, connectionString, cancellationToken).ConfigureAwait(false);
        return wanted;
    }

    /// <summary>Lets thresholds run in shadow from now on.</summary>
    /// <returns>The candidate's number.</returns>
    public async Task<long> ShadowAsync(string domainName, SeverityOptions severity, string? reason, string by, CancellationToken cancellationToken)
    {
        string why = Reason(reason);
        (IServedDomain domain, ActiveConfiguration active, IDomainSettings settings) = await OpenAsync(domainName, cancellationToken).ConfigureAwait(false);
        SeveritySettings.Replace(domain, settings, severity);
        return await candidates.AddAsync(domain.Name, active.Version, SeveritySettings.Write(severity), why, by, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a candidate.</summary>
    /// <exception cref="CalibrationFault">None of that number runs, or the reason is missing.</exception>
    public async Task EndShadowAsync(long id, bool isApplied, string? reason, string by, CancellationToken cancellationToken)
    {
        if (!await candidates.EndAsync(id, isApplied, Reason(reason), by, cancellationToken).ConfigureAwait(false)) throw Unknown(id);
    }

    /// <summary>A candidate that runs.</summary>
    /// <exception cref="CalibrationFault">None of that number runs.</exception>
    public async Task<CalibrationCandidate> FindCandidateAsync(long id, CancellationToken cancellationToken) =>
        await candidates.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);

    /// <summary>The candidates of a domain that run, and what each would have made of the events that came since it began.</summary>
    public async Task<IReadOnlyList<CandidateComparison>> CompareAsync(CalibrationState state, CancellationToken cancellationToken)
    {
        var all = new List<CandidateComparison>();
        foreach (CalibrationCandidate candidate in await candidates.ReadAsync(state.Domain.Name, cancellationToken).ConfigureAwait(false))
        {
            SeverityOptions severity = SeveritySettings.Read(candidate.Severity);
            var test = new BackTest(state.Severity, severity);
            var store = new DecidedAlerts(connectionString, state.Domain.MakeTable());
            await foreach (CalibrationEvent stored in store.ReadEventsAsync(DateTime.UnixEpoch, candidate.Positions, cancellationToken).ConfigureAwait(false)) test.Add(stored);
            all.Add(new CandidateComparison(candidate, severity, test));
        }

        return all;
    }

    /// <summary>What calibration has put in force, the newest first.</summary>
    public Task<IReadOnlyList<ThresholdVersion>> ReadVersionsAsync(string domainName, CancellationToken cancellationToken) => thresholds.ReadAsync(domainName, 20, cancellationToken);

    private async Task<(IServedDomain Domain, ActiveConfiguration Active, IDomainSettings Settings)> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (ServedDomains.Find(name) is not { } domain || await configuration.GetActiveAsync(name, cancellationToken).ConfigureAwait(false) is not { } active)
            throw new CalibrationFault(null, name, "There is no domain of that name: 'ecart domains list' tells those that there are.");
        return (domain, active, domain.Read(active.Settings));
    }

    private static CalibrationFault Unknown(long id) => new(null, $"{id}", $"No candidate {id} runs in shadow.");

    private static string Reason(string? reason)
    {
        string why = reason?.Trim() ?? "";
        return why.Length is > 0 and <= LongestReason
            ? why
            : throw new CalibrationFault("reason", why, $"Say why, in at most {LongestReason:N0} characters: people who read the audit log later want to know.");
    }
}
