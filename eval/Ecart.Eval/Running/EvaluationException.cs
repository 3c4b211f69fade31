namespace Ecart.Eval.Running;

/// <summary>Why an evaluation cannot be run, for a person: names what is wrong and the remedy.</summary>
internal sealed class EvaluationException : Exception
{
    /// <param name="message">One or two sentences.</param>
    /// <param name="exitCode"><see cref="EvaluationProgram.UsageError"/> or <see cref="EvaluationProgram.Failed"/>.</param>
    public EvaluationException(string message, int exitCode = EvaluationProgram.UsageError)
        : base(message) => ExitCode = exitCode;

    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; }
}
