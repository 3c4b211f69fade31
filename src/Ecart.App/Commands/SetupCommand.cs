using System.CommandLine;
using Ecart.App.Terminal;
using Ecart.Embedded;

namespace Ecart.App.Commands;

/// <summary><c>ecart setup</c>.</summary>
internal static class SetupCommand
{
    public static Command Make()
    {
        var command = new Command("setup", "Fetch MariaDB 11.8 into the cache folder if this machine has none, so that nothing is downloaded later.");
        command.SetAction(async (_, cancellationToken) =>
        {
            Output.Result(await MariaDbServer.PrepareAsync(new EmbeddedMariaDbOptions(), new WorkSteps(), cancellationToken).ConfigureAwait(false));
            return ExitCode.Done;
        });
        return command;
    }
}
