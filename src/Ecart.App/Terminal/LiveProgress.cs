using Spectre.Console;

namespace Ecart.App.Terminal;

/// <summary>Shows a long work: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    /// <summary>Runs a work while showing how far it is.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="fraction">How far it is, 0 to 1; NaN when unknown.</param>
    /// <param name="details">Counts worth seeing.</param>
    /// <param name="work">The work.</param>
    public static async Task<TResult> RunAsync<TResult>(string title, Func<double> fraction, Func<string> details, Func<Task<TResult>> work)
    {
        if (!Output.Work.Profile.Capabilities.Interactive)
        {
            Task<TResult> running = work();
            while (await Task.WhenAny(running, Task.Delay(LineInterval)).ConfigureAwait(false) != running)
                Output.Note($"{title}: {Percent(fraction())}{details()}");
            return await running.ConfigureAwait(false);
        }

        return await Output.Work.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title));
                Task<TResult> running = work();
                while (await Task.WhenAny(running, Task.Delay(BarInterval)).ConfigureAwait(false) != running)
                {
                    double done = fraction();
                    task.IsIndeterminate = double.IsNaN(done);
                    if (!double.IsNaN(done)) task.Value = 100 * done;
                    task.Description = Markup.Escape($"{title}: {details()}");
                }

                return await running.ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private static string Percent(double fraction) => double.IsNaN(fraction) ? "" : $"{100 * fraction:F0} %, ";
}
