using Ecart.Eval.Running;

return EvaluationProgram.Run(args, Console.Out, Console.Error);
