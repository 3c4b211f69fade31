using System.CommandLine;
using Ecart.App.Terminal;
using Ecart.Client;
using Ecart.Embedded;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.App.Commands;

/// <summary>The program <c>ecart</c>: its commands, its signals, and how failures are told.</summary>
internal static class EcartProgram
{
    /// <summary>Runs one command line.</summary>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var signals = new StopSignals();
        RootCommand root = MakeRoot();
        OptionForms.Apply(root);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && !CompletionCommand.IsAsked(arguments))
        {
            TellMistakes(parsed);
            return ExitCode.Usage;
        }

        // Signals are handled here: the library's own handling ends the process after two seconds.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(configuration, signals.Token).ConfigureAwait(false);
        }
        catch (CommandException error)
        {
            Output.Error(error.Message);
            return error.ExitCode;
        }
        catch (OptionsException error)
        {
            Output.Error(error.Message);
            return ExitCode.Usage;
        }
        catch (EcartProblemException error)
        {
            Output.Error($"the service answered {(int)error.Status}: {error.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            Output.Note("Stopped.");
            return ExitCode.Stopped;
        }
        catch (Exception error) when (IsExpected(error))
        {
            Output.Error(error.Message);
            return ExitCode.Failed;
        }
    }

    private static RootCommand MakeRoot() => new("Finds, in real time, events that are far from what is normal for the entity behind them.")
    {
        HelpName = "ecart",
        Subcommands =
        {
            DemoCommand.Make(),
            ServeCommand.Make(),
            ReplayCommand.Make(),
            ScoreCommand.Make(),
            VerdictCommand.Make(),
            AlertsCommand.Make(),
            ExceptionsCommand.Make(),
            EntitiesCommand.Make(),
            RejectedCommand.Make(),
            ProfilesCommand.Make(),
            ClustersCommand.Make(),
            DevicesCommand.Make(),
            TrainCommand.Make(),
            ModelsCommand.Make(),
            SignaturesCommand.Make(),
            CalibrateCommand.Make(),
            ConfigurationCommand.Make(),
            DomainsCommand.Make(),
            UsersCommand.Make(),
            KeysCommand.Make(),
            SqlCommand.Make(),
            DatabaseCommand.Make(),
            MigrateCommand.Make(),
            SetupCommand.Make(),
            AuditCommand.Make(),
            CompletionCommand.Make(),
        },
    };

    private static void TellMistakes(ParseResult parsed)
    {
        bool isRoot = parsed.CommandResult.Command is RootCommand;
        if (isRoot && parsed.UnmatchedTokens is [{ } unknown, ..]) Output.Error($"'{unknown}' is not a command.");
        else foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors) Output.Error(error.Message);
        Output.Note(isRoot ? "'ecart --help' lists the commands." : $"'ecart {PathOf(parsed.CommandResult)} --help' explains the command.");
    }

    private static string PathOf(System.CommandLine.Parsing.SymbolResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } parent
            ? $"{PathOf(parent)} {((System.CommandLine.Parsing.CommandResult)result).Command.Name}"
            : ((System.CommandLine.Parsing.CommandResult)result).Command.Name;

    /// <summary>Failures of the outside world, whose messages are written for people. Anything else is a bug and shows its stack.</summary>
    private static bool IsExpected(Exception error) =>
        error is EmbeddedMariaDbException or HttpRequestException or MigrationException or StoreUnavailableException or FencedException or BatchRefusedException
            or StateFormatException or ModelStoreException or MySqlException or IOException or UnauthorizedAccessException
        || TransientErrors.IsTransient(error);
}
