using System.CommandLine;
using System.CommandLine.Invocation;
using Ecart.Eval.Batadal;
using Ecart.Eval.Calibration;
using Ecart.Eval.DeclaredCopy;
using Ecart.Eval.FraudHandbook;
using Ecart.Eval.IotSimulator;
using Ecart.Eval.Nab;
using Ecart.Eval.Network;
using Ecart.Eval.NslKdd;
using Ecart.Eval.Odds;
using Ecart.Eval.Schonlau;
using Ecart.Eval.Simulator;
using Ecart.Eval.Skab;
using Ecart.Eval.TransactionDetectors;
using Ecart.Eval.UserSimulator;

namespace Ecart.Eval.Running;

/// <summary>The command line: one command for each evaluation.</summary>
internal static class EvaluationProgram
{
    /// <summary>Exit code of a command that cannot be carried out as it was given.</summary>
    public const int UsageError = 2;

    /// <summary>Exit code of an evaluation that began and could not end.</summary>
    public const int Failed = 1;

    /// <summary>Every evaluation there is. A new one is one more entry.</summary>
    private static readonly IEvaluation[] Evaluations =
    [
        new FraudHandbookEvaluation(),
        new SimulatorEvaluation(),
        new NabEvaluation(),
        new BatadalEvaluation(),
        new SkabEvaluation(),
        new NslKddEvaluation(),
        new OddsEvaluation(),
        new TransactionDetectorsEvaluation(),
        new ZeekEvaluation(),
        new CapturesEvaluation(),
        new SchonlauEvaluation(),
        new UserSimulatorEvaluation(),
        new IotSimulatorEvaluation(),
        new DeclaredCopyEvaluation(),
        new CalibrationEvaluation(),
    ];

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Tables and, as its last lines, one JSON object a run.</param>
    /// <param name="errors">What went wrong, and progress.</param>
    /// <returns>0, <see cref="Failed"/> or <see cref="UsageError"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Measures detection quality on public data. Every event is scored before it is learned.");
        foreach (IEvaluation evaluation in Evaluations)
            root.Subcommands.Add(evaluation.MakeCommand(new EvaluationConsole(output, errors)));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors) errors.WriteLine("eval: " + error.Message);
            errors.WriteLine("`./ecart eval --help` lists the evaluations, `./ecart eval NAME --help` explains one.");
            return UsageError;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (EvaluationException error)
        {
            errors.WriteLine("eval: " + error.Message);
            return error.ExitCode;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine("eval: " + error.Message);
            return Failed;
        }
    }
}
