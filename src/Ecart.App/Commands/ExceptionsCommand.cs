using System.CommandLine;
using Ecart.App.Exceptions;
using Ecart.App.Serve;
using Ecart.App.Serve.Pages;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Exceptions;

namespace Ecart.App.Commands;

/// <summary><c>ecart exceptions</c>.</summary>
internal static class ExceptionsCommand
{
    private const int MostShown = 200;
    private static readonly string[] States = [.. Enum.GetNames<ExceptionState>().Select(name => name.ToLowerInvariant())];

    public static Command Make() => new("exceptions", "Behaviour that people found harmless: list, add, preview, approve, revoke.")
    {
        List(), Add(), Preview(), Approve(), Revoke(),
    };

    private static Command List()
    {
        var state = new Option<string?>("--state") { HelpName = string.Join('|', States), Description = "Those in this state." };
        state.AcceptOnlyFromAmong(States);
        var domain = new Option<string?>("--domain") { Description = "Those of this domain." };
        var entity = new Option<string?>("--entity") { HelpName = "ID", Description = "Those that name this entity." };
        var text = new Option<string?>("--text") { Description = "Those with these words in reason or rule." };
        var most = new Option<int>("--most") { Description = "Most exceptions.", DefaultValueFactory = _ => 100 };
        Option<OutputForm> form = MakeForm();
        var command = new Command("list", "List exceptions, the newest first, with how many events each silenced.") { state, domain, entity, text, most, form };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var filter = new ExceptionFilter
            {
                State = parsed.GetValue(state) is { } name ? Enum.Parse<ExceptionState>(name, ignoreCase: true) : null,
                Domain = parsed.GetValue(domain),
                EntityId = parsed.GetValue(entity),
                Text = parsed.GetValue(text),
                Most = parsed.GetValue(most) + 1,
            };
            IReadOnlyList<ExceptionRow> rows = await new ExceptionStore(store.ConnectionString).ReadAsync(filter, cancellationToken).ConfigureAwait(false);
            RowListing.Show<ExceptionRow>(
                [.. rows.Take(filter.Most - 1)],
                parsed.GetValue(form),
                ("id", row => row.Id), ("state", row => row.State), ("domain", row => row.Domain), ("entity_type", row => row.EntityType), ("entity_id", row => row.EntityId),
                ("radius", row => row.Radius), ("rule", row => row.Rule), ("valid_from", row => row.ValidFrom), ("valid_until", row => row.ValidUntil),
                ("hit_count", row => row.HitCount), ("created_by", row => row.CreatedBy), ("reason", row => row.Reason));
            if (rows.Count >= filter.Most) Output.Note($"There are more than {filter.Most - 1:N0}: --most shows more.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var covers = new ExceptionOptions();
        Option<string> reason = MakeReason("Why, for those who read it later.");
        Option<FileInfo?> file = ServeCommand.MakeConfigurationOption();
        var command = new Command("add", "Make an exception. Where console.exceptions_need_approval is set, it waits for a second person.") { reason, file };
        covers.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool needsApproval = ServeConfiguration.Read(parsed.GetValue(file)?.FullName).Console.ExceptionsNeedApproval;
            await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var desk = new ExceptionDesk(store.ConnectionString, needsApproval);
            ExceptionWish wish = await covers.ReadAsync(parsed, parsed.GetRequiredValue(reason), desk, cancellationToken).ConfigureAwait(false);
            ExceptionDraft draft = await CheckAsync(desk, wish, toMake: true, cancellationToken).ConfigureAwait(false);
            long id = await desk.Store.AddAsync(draft, AccessArguments.Actor, cancellationToken).ConfigureAwait(false);
            Output.Result($"Exception {id} {(needsApproval ? "waits for the approval of a second person" : $"is in force until {draft.ValidUntil:yyyy-MM-dd HH:mm} UTC")}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Preview()
    {
        var covers = new ExceptionOptions();
        var back = new Option<int>("--back") { Description = "Days to look back from the newest event.", DefaultValueFactory = _ => ExceptionDesk.PreviewDays };
        back.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3660) result.AddError("--back must be from 1 to 3,660 days.");
        });
        Option<OutputForm> form = MakeForm();
        var command = new Command("preview", "Show which alerts an exception would have silenced, confirmed frauds first. Nothing is changed.") { back, form };
        covers.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var desk = new ExceptionDesk(store.ConnectionString, needsApproval: false);
            ExceptionWish wish = await covers.ReadAsync(parsed, null, desk, cancellationToken).ConfigureAwait(false);
            ExceptionDraft draft = await CheckAsync(desk, wish, toMake: false, cancellationToken).ConfigureAwait(false);
            ExceptionPreview preview = await desk.PreviewAsync(draft, parsed.GetValue(back), cancellationToken).ConfigureAwait(false);
            RowListing.Show<AlertCandidate>(
                [.. preview.Shown(MostShown)],
                parsed.GetValue(form),
                ("alert_id", row => row.AlertId), ("occurred_at", row => row.OccurredAt), ("entity_type", row => row.EntityType), ("entity_id", row => row.EntityId),
                ("event_uid", row => row.EventUid), ("score", row => row.Score), ("severity", row => row.Severity), ("status", row => row.Status), ("distance", row => row.Distance));
            Output.Note(Language.English.Fill("exceptions.preview.counts", preview.Matches.Count, preview.Entities, preview.FalsePositives));
            if (!preview.IsComplete) Output.Warning(Language.English.Fill("exceptions.preview.part", preview.Examined));
            if (preview.Frauds > 0) Output.Warning(Language.English.Fill("exceptions.preview.frauds", preview.Frauds));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Approve()
    {
        Argument<long> id = MakeId();
        var command = new Command("approve", "Approve an exception that waits. Who asked for it cannot.") { id };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed.GetValue(id), (store, number) => store.ApproveAsync(number, AccessArguments.Actor, cancellationToken), cancellationToken));
        return command;
    }

    private static Command Revoke()
    {
        Argument<long> id = MakeId();
        Option<string> reason = MakeReason("Why it is revoked.");
        var command = new Command("revoke", "Take an exception back: it silences nothing from then on.") { id, reason };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed.GetValue(id), (store, number) => store.RevokeAsync(number, parsed.GetRequiredValue(reason).Trim(), AccessArguments.Actor, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<ExceptionDraft> CheckAsync(ExceptionDesk desk, ExceptionWish wish, bool toMake, CancellationToken cancellationToken)
    {
        (ExceptionDraft? draft, ExceptionFault? fault) = await desk.CheckAsync(wish, toMake, cancellationToken).ConfigureAwait(false);
        return draft ?? throw new CommandException($"{fault!.Field}: {fault.In(Language.English)}", ExitCode.Usage);
    }

    private static async Task<int> ChangeAsync(long id, Func<ExceptionStore, long, Task<ExceptionChange>> change, CancellationToken cancellationToken)
    {
        await using OpenStore store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        switch (await change(new ExceptionStore(store.ConnectionString), id).ConfigureAwait(false))
        {
            case ExceptionChange.Done:
                Output.Result("Done.");
                return ExitCode.Done;
            case ExceptionChange.Missing: throw new CommandException($"There is no exception {id}. 'ecart exceptions list' shows them.", ExitCode.Usage);
            case ExceptionChange.SamePerson: throw new CommandException("Who asked for an exception cannot approve it: ask somebody else.", ExitCode.Usage);
            default: throw new CommandException($"Exception {id} does not wait for approval, or was revoked before. 'ecart exceptions list' shows its state.", ExitCode.Usage);
        }
    }

    private static Argument<long> MakeId() => new("ID") { Description = "Number of the exception, as 'list' shows it." };

    private static Option<string> MakeReason(string description)
    {
        var reason = new Option<string>("--reason") { Description = description, Required = true };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { } text || text.Trim().Length is 0 or > ExceptionCheck.LongestReason)
                result.AddError($"--reason must be 1 to {ExceptionCheck.LongestReason:N0} characters.");
        });
        return reason;
    }

    private static Option<OutputForm> MakeForm() => new("--output") { HelpName = "table|json|csv", Description = "How to show them. Default: table." };

    private static Task<OpenStore> OpenAsync(CancellationToken cancellationToken) => StoreOpener.OpenAsync("", cancellationToken, withModels: false);
}
