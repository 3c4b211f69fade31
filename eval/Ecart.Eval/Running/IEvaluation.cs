using System.CommandLine;

namespace Ecart.Eval.Running;

/// <summary>One evaluation: public data, a protocol, metrics.</summary>
internal interface IEvaluation
{
    /// <summary>The command that runs it, with its options. Its last lines of output are one JSON object a run.</summary>
    /// <param name="console">Where it writes.</param>
    Command MakeCommand(EvaluationConsole console);
}
